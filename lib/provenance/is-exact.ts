import type { VerifyReport } from './schema';

/** Whether a report leads to its work, or holds by itself. What is broken may carry the record of a work that it does not belong to. */
export const isExact = ({ verdict, work, tokens }: VerifyReport): boolean =>
  verdict === 'verified' || (verdict !== 'broken' && (work !== null || tokens.length > 0));
