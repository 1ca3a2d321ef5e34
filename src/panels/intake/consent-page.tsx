import { useEffect, useRef, useState } from 'react';
import './intake.css';
import { stopAsking } from '../../app/remote/asking';
import { FRAMED, isFramed } from '../../app/remote/framed';
import { openAsked } from '../../app/remote/open-url';
import { hostName, type RemoteRequest, shortHost } from '../../app/remote/request';
import { visible } from '../../coredump/visible';
import { counted } from '../../ui/numbers';
import { useArmed } from '../../ui/use-armed';

/** A URL is shown whole: what is cut off could be what matters. Longer ones are not read from a link. */
const WHOLE = 5000;

/** A link names files on other hosts: which, and the choice. Nothing was asked of them so far. */
export function ConsentPage({ request }: { readonly request: RemoteRequest }) {
  const { files, hosts } = request;
  const [always, setAlways] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const [first = ''] = hosts;
  const one = hosts.length === 1;
  const named = one ? shortHost(first) : counted(hosts.length, 'host');
  const armed = useArmed(request);
  const framed = isFramed();
  useEffect(() => {
    document.title = `Contact ${named}? — Wasmortem`;
    // Not a button: a key that was meant for the page before must decide nothing.
    heading.current?.focus();
  }, [named]);
  return (
    <main className="start" data-region="start">
      <div className="message consent">
        <h1 ref={heading} tabIndex={-1}>
          Contact {one ? hostName(first) : named}?
        </h1>
        <p>
          The link opens {files.length === 1 ? 'a file' : counted(files.length, 'file')} from{' '}
          {hosts.length === 1 ? 'another host' : 'other hosts'}. Nothing has been asked of{' '}
          {hosts.length === 1 ? 'it' : 'them'} yet.
        </p>
        {hosts.length > 1 && <p>{hosts.map((host) => visible(hostName(host), 300)).join(', ')}</p>}
        <ul aria-label="Files">
          {files.map(({ url }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a link can name one file twice; the list never changes
            <li key={at} className="mono">
              {visible(url, WHOLE)}
            </li>
          ))}
        </ul>
        <p className="quiet">
          {hosts.length === 1 ? 'It learns' : 'They learn'} your network address, that this page (
          {location.origin}) asks, and which parts of these files it reads. No cookies are sent, and nothing
          that is in a dump.
        </p>
        {framed ? (
          <p>{FRAMED}</p>
        ) : (
          <label className="check">
            <input type="checkbox" checked={always} onChange={({ target }) => setAlways(target.checked)} />
            Always for {one ? 'this host' : 'these hosts'}
          </label>
        )}
        <div className="actions">
          {framed ? (
            <a className="button edge" href={location.href} target="_blank" rel="noopener noreferrer">
              Open in a tab of its own
            </a>
          ) : (
            <button
              type="button"
              className="button edge"
              aria-disabled={!armed}
              onClick={() => {
                if (armed) openAsked(request, always);
              }}
            >
              Contact {named} and open
            </button>
          )}
          <button type="button" className="button edge" onClick={stopAsking}>
            Do not
          </button>
        </div>
      </div>
    </main>
  );
}
