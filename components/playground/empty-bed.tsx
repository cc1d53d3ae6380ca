/** Where the first impression will be. */
export function EmptyBed({ shape, medianRunMs }: { shape: number; medianRunMs: number | null }) {
  return (
    <div className="grid min-h-72 place-items-center bg-sheet p-6 outline-1 outline-rule sm:p-10 lg:min-h-[34rem]">
      <div
        className="plate-mark grid w-full place-items-center p-6"
        style={{ aspectRatio: shape, maxWidth: `min(100%, ${26 * Math.min(1.3, shape)}rem)` }}
      >
        <p className="max-w-60 text-center font-caption text-base text-ink-faint italic">
          {medianRunMs === null ? 'Your impression will appear here.' : `Your impression will appear here, ${seconds(medianRunMs)} after you start.`}
        </p>
      </div>
    </div>
  );
}

const seconds = (ms: number) => (ms < 1500 ? 'about a second' : `about ${Math.round(ms / 1000)} seconds`);
