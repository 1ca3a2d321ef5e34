// Runs before the first paint, so that a chosen theme does not flash. A file of its own: the content security policy
// forbids inline scripts. Old syntax throughout: it is also what tells an old browser that it is one.
(() => {
  var root = document.documentElement;
  var theme;
  try {
    theme = localStorage.getItem('wasmortem.theme');
    if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  } catch (_forbidden) {
    root.removeAttribute('data-theme');
  }
  // light-dark(): Chromium 123, Firefox 120, Safari 17.5. Relative colours: Firefox 128.
  var supported =
    typeof CSS !== 'undefined' &&
    CSS.supports('color', 'light-dark(red, red)') &&
    CSS.supports('color', 'rgb(from red r g b)');
  if (!supported) root.setAttribute('data-unsupported', '');
})();
