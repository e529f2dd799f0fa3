import { generateKeyPairSync, sign } from 'node:crypto';

/**
 * A certificate for `localhost` that signs itself (X.509, RFC 5280), for a server of a test. No browser trusts it unless it is told to.
 *
 * @returns {{ key: string, cert: string }} as `https.createServer` takes them
 */
export function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const day = 86_400_000;
  const validity = sequence(time(Date.now() - day), time(Date.now() + 30 * day));
  const version = der(0xa0, der(0x02, [2]));
  const serial = der(0x02, [1]);
  const toBeSigned = sequence(version, serial, ecdsaWithSha256, name, validity, name, publicKey.export({ type: 'spki', format: 'der' }));
  const signature = der(0x03, [0], sign('sha256', toBeSigned, privateKey));
  const certificate = sequence(toBeSigned, ecdsaWithSha256, signature).toString('base64');
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** A value in DER: its tag, its length, its content. @param {number} tag @param {...(Buffer | number[])} parts of the content */
function der(tag, ...parts) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const lengths = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengths]), content]);
}

/** @param {...Buffer} parts */
const sequence = (...parts) => der(0x30, ...parts);

/** @param {number} at milliseconds since 1970 */
const time = (at) => der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));

/** 2.5.4.3, the common name. */
const name = sequence(der(0x31, sequence(der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from('localhost')))));
