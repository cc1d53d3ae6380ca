import type { Database } from '@/lib/db';

/** A free address for a model of this name: the name in letters, digits and dashes, with a number where it is taken. */
export async function slugFor({ prisma }: Pick<Database, 'prisma'>, name: string): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  const stem = plain || 'model';
  for (let n = 1; ; n++) {
    const slug = n === 1 ? stem : `${stem}-${n}`;
    if (!(await prisma.model.findUnique({ where: { slug }, select: { id: true } }))) return slug;
  }
}
