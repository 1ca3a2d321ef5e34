// Runs before the first paint, so that a chosen theme does not flash. A file of its own: the content security policy
// forbids inline scripts. In the syntax of 2015: a browser that is too old for the page must still read its sentence.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('wasmortem.theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  } catch (_forbidden) {
    root.removeAttribute('data-theme');
  }
  // light-dark(): Chromium 123, Firefox 120, Safari 17.5. Relative colours: Firefox 128.
  const supported =
    typeof CSS !== 'undefined' &&
    CSS.supports('color', 'light-dark(red, red)') &&
    CSS.supports('color', 'rgb(from red r g b)');
  if (supported) return;
  root.setAttribute('data-unsupported', '');
  document.addEventListener('DOMContentLoaded', () => {
    const page = document.getElementById('root');
    page.className = 'unsupported';
    page.textContent =
      'This browser is too old for Wasmortem: it needs Chromium 123, Firefox 128 or Safari 17.5, or a later one.';
  });
})();
