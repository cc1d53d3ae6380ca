import { clsx } from 'clsx';
import { buttonStyle } from '../../ui/button';

/** The way to keep a collection without us. */
export function CollectionExport({ slug }: { slug: string }) {
  return (
    <section aria-labelledby="collection-heading" className="grid max-w-prose gap-3 border-t border-rule pt-8 text-sm text-ink-soft">
      <h2 id="collection-heading" className="font-display text-xl text-ink">
        Your collection as a file
      </h2>
      <p>
        Pictures, metadata, previews and manifests of everything that was minted in your collection, as one CAR. Give it to any IPFS node or pinning
        service: the addresses in the tokens then work without this house. There is nothing to download before the first mint.
      </p>
      <a href={`/studio/${slug}/collection.car`} download className={clsx(buttonStyle({ variant: 'outline', size: 'small' }), 'justify-self-start')}>
        Download the CAR
      </a>
    </section>
  );
}
