import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import { startSession } from './app/open';
import { App } from './panels/page/app';
import { createWorkerSession } from './session/client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

if (document.documentElement.hasAttribute('data-unsupported')) {
  root.className = 'unsupported';
  root.textContent =
    'This browser is too old for Wasmortem: it needs Chromium 123, Firefox 128, Safari 17.5, or later.';
} else {
  startSession(createWorkerSession);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
