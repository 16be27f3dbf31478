import 'reflect-metadata';
import { readConfig } from './platform/config/config.js';
import { openLog } from './platform/logging/log.js';
import { endWithParent, refuseToStart, tellReady } from './platform/process.js';
import { openApi } from './platform/http.js';
import { AppModule } from './app.module.js';

/** The HTTP process. */
try {
  const config = readConfig(process.env);
  const log = openLog(config, 'api');
  const app = await openApi(AppModule.api(config, log), log);
  await app.listen(config.port, config.bindAddress);
  endWithParent(() => app.close());
  log.info({ port: config.port }, 'the API listens');
  tellReady();
} catch (error) {
  refuseToStart(error, process.env);
}
