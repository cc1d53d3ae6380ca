import { authRoute } from '@/lib/auth/next-auth';

export { authRoute as GET, authRoute as POST };
