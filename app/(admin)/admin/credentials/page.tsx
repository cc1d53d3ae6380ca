import type { Metadata } from 'next';
import { CertificateList } from '@/components/admin/credentials/certificate-list';
import { PageHeading } from '@/components/ui/page-heading';
import { listCertificates } from '@/lib/credentials/queries';
import { database } from '@/lib/db';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Credentials' };

export default async function CredentialsPage() {
  const actor = await operatorOnly();
  const certificates = await listCertificates(database(), actor);
  return (
    <>
      <PageHeading title="Credentials">
        What signs the Content Credentials in sealed files, unless certificates of an authority are set. Replace a certificate when its key should not
        be used any longer; revoke it when somebody else may have signed with it.
      </PageHeading>
      <div className="pb-16 lg:max-w-3xl">
        {certificates.length === 0 ? (
          <p className="text-ink-soft">None yet: the first sealed file makes them.</p>
        ) : (
          <CertificateList certificates={certificates} />
        )}
      </div>
    </>
  );
}
