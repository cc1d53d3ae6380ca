/** Whether the database keeps a text from outside as it is: NUL it refuses, and halves of surrogate pairs, which JSON can carry. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);

/** What is said of one that it would not. */
export const NOT_STORABLE = 'That has characters which no text has: NUL, or half of one.';
