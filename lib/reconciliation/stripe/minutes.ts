/** Events come within seconds, and a sweep looks every ten minutes for those that did not: what is older should be in the books. */
export const EVENT_MINUTES = 20;

export const isYoung = (at: Date): boolean => Date.now() - at.getTime() < EVENT_MINUTES * 60_000;
