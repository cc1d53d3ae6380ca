/** The address of a provider's API, without the slash at its end: the creator's own, else the one for everybody. */
export const apiBase = (url: string | null, everybody: string): string => (url ?? everybody).replace(/\/+$/, '');
