/** Said on every page while the chain is the launcher's own. */
export function LocalBanner() {
  return (
    <aside aria-label="Local stack" className="bg-copper-wash px-4 py-1.5 text-center text-2xs text-copper sm:text-xs">
      Local stack: test chain, test money, house models
    </aside>
  );
}
