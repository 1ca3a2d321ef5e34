export type {
  CodeAddress,
  CodeRange,
  DebugInfo,
  DebugProblem,
  DebugSections,
  LineRow,
  SourceLine,
} from './model';
