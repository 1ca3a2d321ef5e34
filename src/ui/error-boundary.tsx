import { Component, type ReactNode } from 'react';
import { copyText } from './copy';

interface Props {
  /** What failed, as the message names it: "Globals". */
  readonly name: string;
  /** When it changes, the panel is tried again: another dump may not fail. */
  readonly resetKey: unknown;
  readonly version: string;
  readonly children: ReactNode;
}

type State =
  | { readonly failed: false; readonly resetKey: unknown }
  | { readonly failed: true; readonly resetKey: unknown; readonly report: string };

/** Keeps the others alive when one panel fails, and hands out the text to report. A class, because React has no other form. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    const report =
      error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
    return { failed: true, report };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return Object.is(props.resetKey, state.resetKey) ? null : { failed: false, resetKey: props.resetKey };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const text = `Wasmortem ${this.props.version}, ${this.props.name}\n${this.state.report}`;
    return (
      <div className="failed" role="alert">
        <strong>{this.props.name} failed. The rest of the page works.</strong>
        <pre>{text}</pre>
        <div className="actions">
          <button type="button" className="button edge" onClick={() => void copyText(text)}>
            Copy the text to report
          </button>
          <button type="button" className="button" onClick={() => this.setState({ failed: false })}>
            Show it again
          </button>
        </div>
      </div>
    );
  }
}
