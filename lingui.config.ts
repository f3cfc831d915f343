import { defineConfig } from '@lingui/cli';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    { path: '<rootDir>/renderer/language/catalogues/{locale}', include: ['<rootDir>/renderer'] },
  ],
  orderBy: 'origin',
});
