import { AppError, type ErrorCode } from '@/lib/errors';

const ENDS: ErrorCode[] = ['run_cancelled', 'run_deadline'];

/**
 * Whether a run is over for good, so that its job at the endpoint can be stopped. A worker that stops, or that another has taken the run over from,
 * leaves the job alone: the next attempt goes on with it.
 */
export const isEnded = ({ aborted, reason }: AbortSignal): boolean => aborted && reason instanceof AppError && ENDS.includes(reason.code);
