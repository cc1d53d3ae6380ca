import type { GenerationDto } from './schema';

type Seen = Pick<GenerationDto, 'state' | 'sealed' | 'error'>;

/** Still moving: waiting, running, or made and neither sealed nor given back. */
export const isOpen = ({ state, sealed, error }: Seen): boolean =>
  state === 'held' || state === 'running' || (state === 'captured' && !sealed && error === null);

/** Nothing more comes of it, and nothing came. */
export const hasFailed = (run: Seen): boolean => !isOpen(run) && !run.sealed;
