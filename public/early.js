// What cannot wait for the page's script: it runs before the first paint. A file of its own: the content security policy
// forbids inline scripts. In the syntax of 2015: a browser that is too old for the page must still read its sentence.
(() => {
  const root = document.documentElement;
  const stored = (storage, key) => {
    try {
      return window[storage].getItem(key);
    } catch (_forbidden) {
      return null;
    }
  };

  // So that a chosen theme does not flash.
  const theme = stored('localStorage', 'wasmortem.theme');
  if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);

  // The start page in the HTML is the one of a first visit. Where another comes it would only flash: for a link, for
  // shared files, after a reload with its note, and with the lists of hosts and of opened dumps. Held by tests/e2e/first-paint.spec.ts.
  const other =
    location.hash.length > 1 ||
    location.search !== '' ||
    stored('sessionStorage', 'wasmortem.opened') !== null ||
    stored('localStorage', 'wasmortem.hosts') !== null ||
    stored('localStorage', 'wasmortem.recent') !== null;
  if (other) root.setAttribute('data-other-page', '');

  // light-dark(): Chromium 123, Firefox 120, Safari 17.5. Relative colours: Firefox 128.
  const supported =
    typeof CSS !== 'undefined' &&
    CSS.supports('color', 'light-dark(red, red)') &&
    CSS.supports('color', 'rgb(from red r g b)');
  if (!supported) {
    root.setAttribute('data-unsupported', '');
    document.addEventListener('DOMContentLoaded', () => {
      const page = document.getElementById('root');
      page.className = 'unsupported';
      page.textContent =
        'This browser is too old for Wasmortem: it needs Chromium 123, Firefox 128 or Safari 17.5, or a later one.';
    });
    return;
  }

  // The start page says "Drop a dump here" before its script has come: what is dropped by then is kept for it
  // (src/panels/intake/early-drop.ts). Unhandled, the browser would leave the page and show the file.
  const dropped = [];
  const over = (event) => event.preventDefault();
  const drop = (event) => {
    event.preventDefault();
    for (const item of Array.from(event.dataTransfer.items)) {
      if (item.kind !== 'file') continue;
      const entry = item.webkitGetAsEntry();
      const folder = entry === null ? false : entry.isDirectory;
      // Askable during the event only, as the file is.
      const handle = item.getAsFileSystemHandle ? item.getAsFileSystemHandle() : null;
      dropped.push(
        folder ? { kind: 'folder', entry, handle } : { kind: 'file', file: item.getAsFile(), handle },
      );
    }
  };
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  window.takeEarlyDrop = () => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
    return dropped.splice(0);
  };
})();
