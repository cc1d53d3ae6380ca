import { moment } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { RecordList, RecordRow } from '@/components/ui/record';
import type { CertificateDto } from '@/lib/credentials/schema';
import { ReplaceLeaf, RevokeLeaf } from './end-leaf';

/** The house's own certificates, newest first. */
export function CertificateList({ certificates }: { certificates: CertificateDto[] }) {
  return (
    <ul className="grid gap-10">
      {certificates.map((certificate) => (
        <li key={certificate.serial} className="grid gap-3">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <h2 className="font-display text-lg">{certificate.role === 'root' ? 'Root' : 'Signing certificate'}</h2>
            <State certificate={certificate} />
          </div>
          <RecordList>
            <RecordRow label="Serial">
              <span className="font-mono text-xs break-all">{certificate.serial}</span>
            </RecordRow>
            <RecordRow label="Made">{moment(certificate.madeAt)}</RecordRow>
            {certificate.retired && <RecordRow label="Replaced">{stepWords(certificate.retired)}</RecordRow>}
            {certificate.revoked && <RecordRow label="Revoked">{stepWords(certificate.revoked)}</RecordRow>}
          </RecordList>
          {certificate.role === 'leaf' && !certificate.revoked && (
            <div className="flex flex-wrap gap-3">
              {!certificate.retired && <ReplaceLeaf serial={certificate.serial} />}
              <RevokeLeaf serial={certificate.serial} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

const stepWords = ({ at, by, because }: NonNullable<CertificateDto['retired']>) =>
  by ? `${moment(at)}, by ${by}: ${because}` : `${moment(at)}, its days were over`;

function State({ certificate: { role, retired, revoked } }: { certificate: CertificateDto }) {
  if (revoked) return <Badge tone="bad">Revoked</Badge>;
  if (role === 'root') return <Badge tone="good">Vouches for the others</Badge>;
  return retired ? <Badge>Replaced, its key is destroyed</Badge> : <Badge tone="good">Signs now</Badge>;
}
