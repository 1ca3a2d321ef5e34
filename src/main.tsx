import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import { followAddressBar } from './app/link/browser';
import { openSource } from './app/link/open-source';
import { startOffline } from './app/offline/start';
import { startSession } from './app/open';
import { startRecording } from './app/recent/start';
import { App } from './panels/page/app';
import { prefetched } from './panels/page/prefetch';
import { createWorkerSession } from './session/client';
import { isTransient } from './session/transient';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// public/early.js has told an old browser that it is too old; its sentence stays.
if (!document.documentElement.hasAttribute('data-unsupported')) {
  startSession(createWorkerSession);
  followAddressBar(openSource);
  startRecording();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  // After the page stands: it is for the next visit. Neither the single file nor the development server has it, and
  // where `wasmortem open` serves the page there is no next visit.
  const stays = import.meta.env.MODE === 'production' && !isTransient(location.pathname);
  if (stays && 'serviceWorker' in navigator)
    window.addEventListener('load', () => void startOffline(prefetched));
}
