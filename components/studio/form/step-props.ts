import type { Draft, Secrets } from './draft';
import type { Problems } from './problems';

/** What each step of the form gets. `problems` is empty until somebody has tried to go on. */
export type StepProps = {
  draft: Draft;
  change(part: Partial<Draft>): void;
  secrets: Secrets;
  changeSecrets(secrets: Secrets): void;
  problems: Problems;
  /** Of a model that has versions already. */
  isNext: boolean;
  /** The demo's own endpoint, where there is one. */
  exampleUrl: string | null;
};
