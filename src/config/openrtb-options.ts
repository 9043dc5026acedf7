import type { OpenRtbOptions } from '../schema/openrtb/options.js';
import type { Config } from './read-config.js';

export function openRtbOptions(config: Config): OpenRtbOptions {
  const { PARLEY_RATES: rates, PARLEY_OPENRTB_ATTRIBUTES: attributes } = config;
  const [profile] = config.PARLEY_OPENRTB_PROFILE;
  return {
    policies: config.PARLEY_OPENRTB_POLICIES,
    required: config.PARLEY_OPENRTB_REQUIRED,
    ...(rates === undefined ? {} : { rates }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(profile === undefined ? {} : { profile }),
  };
}
