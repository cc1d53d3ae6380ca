// Apart from the rest, so that the playground can say no before it sends anything.

export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
/** Larger pictures are made to fit: models take no more, and a photo of a phone as PNG is more than most endpoints let in. */
export const MAX_UPLOAD_SIDE = 2048;
export const UPLOAD_TYPES = ['image/png', 'image/jpeg', 'image/webp'];
/** A picture that no run needs goes so long after it was last sent. */
export const UPLOAD_KEPT_HOURS = 24;
