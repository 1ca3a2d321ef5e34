import { openAgain } from '../../app/open';
import { isChange } from '../../bytes/http-text';

interface Props {
  readonly message: string;
  readonly retry: () => void;
}

/** Why bytes in view cannot be read, and what can help. */
export function ReadFailure({ message, retry }: Props) {
  const changed = isChange(message);
  return (
    <p className="mem-notice" role="alert">
      <span>{message}</span>
      <button type="button" className="mem-button" onClick={changed ? openAgain : retry}>
        {changed ? 'Open again' : 'Read again'}
      </button>
    </p>
  );
}
