/** So long a cache may show a picture of a work without asking again, so long a takedown takes to reach it. Nothing that can be taken down is immutable. */
const PICTURE_SECONDS = 300;

export const pictureCaching = (scope: 'public' | 'private') => `${scope}, max-age=${PICTURE_SECONDS}, must-revalidate`;
