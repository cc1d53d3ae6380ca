import { blockedImage } from './image-hashes';
import { blockedPhrase } from './phrases';

/**
 * What stands before and after every run. Another one, of a service say, takes the place of the local lists. Both answer in time or throw; an error
 * of theirs is ours to mend, never a yes.
 */
export type Moderation = {
  /** Null, or a word for the log why this text, a prompt or one that came back, is not let through. Never the text itself. */
  checkText(text: string): Promise<string | null>;
  /** The same for a picture that came back. */
  checkImage(raster: { width: number; height: number; rgba: Uint8Array }): Promise<string | null>;
};

/** The lists of this house: phrases and pictures that are known. They are coarse, and raise the effort; they are no promise. */
export const localModeration: Moderation = {
  checkText: async (text) => blockedPhrase(text),
  checkImage: blockedImage,
};
