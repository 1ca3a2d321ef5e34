import { renderToStaticMarkup } from 'react-dom/server';
import { StartPage } from './start-page';

/** The start page of a first visit as HTML, for the build (build/first-page.ts). What cannot be pressed yet is inert. */
export function startMarkup(): string {
  return renderToStaticMarkup(
    <div className="app" inert>
      <StartPage />
    </div>,
  );
}
