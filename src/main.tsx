import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import { parseLink } from './app/link/parse';
import { startSession } from './app/open';
import { openUrls } from './app/remote/open-url';
import { App } from './panels/page/app';
import { createWorkerSession } from './session/client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// public/theme.js has told an old browser that it is too old; its sentence stays.
if (!document.documentElement.hasAttribute('data-unsupported')) {
  startSession(createWorkerSession);
  const { source } = parseLink(location.hash);
  if (source.kind === 'url') openUrls(source.dump, source.modules);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
