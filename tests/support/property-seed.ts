// In CI a commit is judged by the same examples each time; everywhere else property tests look further,
// and what they find becomes an example of its own.
import fc from 'fast-check';

if (process.env['CI']) fc.configureGlobal({ seed: 20_261_125 });
