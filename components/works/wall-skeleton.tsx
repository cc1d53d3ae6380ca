import { Skeleton } from '../ui/skeleton';

/** The place of a wall that is on its way: same rows, same height. */
export function WallSkeleton({ count = 12 }: { count?: number }) {
  return (
    <div className="work-wall" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks without identity
        <div key={index} className="work-wall-item" style={{ '--shape': 1 }}>
          <Skeleton className="aspect-square w-full" />
          <div className="h-11" />
        </div>
      ))}
    </div>
  );
}
