import { useId, useState } from 'react';
import './intake.css';
import { allowedHosts, forgetHosts } from '../../app/remote/allowed';
import { openTyped } from '../../app/remote/open-url';
import { shortHost } from '../../app/remote/request';

/** Opens a dump by its address, and names the hosts that links may ask without a question. */
export function UrlForm() {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [allowed, setAllowed] = useState(allowedHosts);
  return (
    <form
      className="url-form"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(openTyped(text));
      }}
    >
      <label htmlFor={id}>Open a URL</label>
      <span className="field">
        <input
          id={id}
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="https://… of a dump, then of its modules"
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          aria-invalid={problem !== null}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setProblem(null);
          }}
        />
      </span>
      <button type="submit" className="button edge">
        Open
      </button>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      {allowed.length > 0 && (
        <p className="quiet">
          Links may contact {allowed.map(shortHost).join(', ')} without asking.{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              forgetHosts();
              setAllowed([]);
            }}
          >
            Ask again
          </button>
        </p>
      )}
    </form>
  );
}
