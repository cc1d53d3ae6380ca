import { Skeleton } from '@/components/ui/skeleton';

/** Holds the places of balance, till and statement while they are read. */
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
      <div className="grid items-start gap-12 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-20">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
