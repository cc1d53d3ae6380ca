import type { Metadata } from 'next';
import { PageHeading } from '@/components/ui/page-heading';
import { Verifier } from '@/components/verify/verifier';

export const metadata: Metadata = {
  title: 'Verify',
  description: 'Check where a picture came from: drop the file, or paste a token, a CID, a digest or a receipt. No account needed.',
};

export default async function VerifyPage({ searchParams }: PageProps<'/verify'>) {
  const { asked, token } = await searchParams;
  const initial = [asked ?? token].flat()[0] ?? '';
  return (
    <div className="frame">
      <PageHeading title="Where did it come from?">
        Drop a file, or paste what you have of a work. Each link from the picture to its model and its owner is checked, and you see which ones hold.
      </PageHeading>
      <Verifier key={initial} initial={initial} />
    </div>
  );
}
