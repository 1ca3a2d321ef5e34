import type { Sameness } from '../../app/compare-facts';

const SIGNS: Readonly<Record<Sameness, { readonly sign: string; readonly words: string }>> = {
  same: { sign: '=', words: 'same' },
  differs: { sign: '≠', words: 'differs' },
  unknown: { sign: '?', words: 'not known' },
  'only-here': { sign: '←', words: 'this dump only' },
  'only-there': { sign: '→', words: 'other dump only' },
};

/** How two things compare, as a sign and in words. */
export function SamenessCell({ sameness }: { readonly sameness: Sameness }) {
  const { sign, words } = SIGNS[sameness];
  return (
    <span className={sameness === 'same' ? 'quiet' : 'compare-differs'}>
      <span className="mono" aria-hidden="true">
        {sign}
      </span>{' '}
      {words}
    </span>
  );
}
