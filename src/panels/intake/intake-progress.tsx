import './intake.css';
import { stopIntake, useIntake } from '../../app/intake/state';
import { visible } from '../../coredump/visible';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';

/** How far the look through a folder or an archive is, above whatever is on the page; it can be stopped. */
export function IntakeProgress() {
  const busy = useIntake((state) => state.busy);
  if (busy === null) return null;
  const { name, done, total } = busy;
  const text = `Looking through ${visible(name, 60)}: ${grouped(done)} of ${grouped(total)} files`;
  return (
    <section className="notice intake-progress" aria-label="Opening">
      <div className="progress grow">
        <div
          className="progress-bar"
          role="progressbar"
          aria-label="Looking through files"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={total === 0 ? 0 : Math.floor((done / total) * 100)}
          aria-valuetext={text}
        >
          <span style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} />
        </div>
        <p>{text}</p>
      </div>
      <button type="button" className="button edge" onClick={stopIntake}>
        <Icon name="stop" small />
        Stop
      </button>
    </section>
  );
}
