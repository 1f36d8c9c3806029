// Next.js runs this in the browser before all else of a page. zod tries whether it may make functions of texts, which no page may, and
// Firefox tells of each try as of an error. This is what `z.config` sets; to call that here would load zod twice.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
