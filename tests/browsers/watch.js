// Runs in the page before all of its own scripts, and writes down what goes wrong there. In every browser the same: WebDriver
// alone cannot ask WebKit for its console.
globalThis.wentWrong = [];
const note = (what, why) => globalThis.wentWrong.push(`${what}: ${why}`);
addEventListener(
  'error',
  ({ message, target }) => {
    // Firefox says so of a preload of the page's own script, which is there already. An import that fails is an error of its own.
    if (target.rel === 'modulepreload') return;
    note('error', message ?? `${target.tagName} ${target.src ?? target.href}`);
  },
  true,
);
addEventListener('unhandledrejection', (event) => note('unhandled rejection', event.reason));
addEventListener('securitypolicyviolation', (event) =>
  note(`policy ${event.violatedDirective}`, event.blockedURI),
);
for (const level of ['error', 'warn']) {
  const own = console[level];
  console[level] = (...words) => {
    note(`console.${level}`, words.join(' '));
    own.apply(console, words);
  };
}
