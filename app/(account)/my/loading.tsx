import { Skeleton } from '@/components/ui/skeleton';
import { WallSkeleton } from '@/components/works/wall-skeleton';

/** Holds the places of a heading and a wall while a page is made. */
export default function Loading() {
  return (
    <div className="frame" aria-busy="true">
      <p className="sr-only" role="status">
        Loading
      </p>
      <div className="grid gap-3 pt-10 pb-10 sm:pt-16 sm:pb-12">
        <Skeleton className="h-12 w-64 sm:h-16" />
        <Skeleton className="h-6 w-full max-w-[38rem]" />
      </div>
      <WallSkeleton />
    </div>
  );
}
