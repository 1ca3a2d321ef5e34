import type { Plugin } from 'vite';
import { hostedPolicy, metaPolicy } from './policy.ts';

/** Puts the policy into the page too: GitHub Pages and `python3 -m http.server` send no headers of ours. */
export function policyTag(): Plugin {
  return {
    name: 'wasmortem-policy-tag',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(/(<meta charset="[^"]+" \/>)/, `$1\n    ${metaPolicy(hostedPolicy())}`),
    },
  };
}
