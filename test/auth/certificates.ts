import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** Just enough DER to write a certificate, so that TLS is tested with real ones and no tool is needed. */
const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes))
const name = (text: string) => sequence(der(0x31, sequence(oid(0x55, 4, 3), der(0x0c, Buffer.from(text)))))
const time = (text: string) => der(0x17, Buffer.from(text))
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2))
const extension = (id: readonly number[], value: Uint8Array) => sequence(oid(...id), der(0x04, value))
const loopback = extension([0x55, 0x1d, 0x11], sequence(der(0x87, Buffer.from([127, 0, 0, 1]))))
const authority = extension([0x55, 0x1d, 0x13], sequence(der(0x01, Buffer.from([255]))))

export interface Certificate {
  readonly subject: string
  readonly cert: string
  readonly key: string
  readonly privateKey: KeyObject
  /** SHA-256 of the certificate, base64url. */
  readonly thumbprint: string
  readonly der: Buffer
}

/** A certificate for 127.0.0.1, signed by another or by itself. */
export const certify = (subject: string, by: Certificate | null = null, isAuthority = by === null): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name(by?.subject ?? subject),
    sequence(time('200101000000Z'), time('490101000000Z')),
    name(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(isAuthority ? authority : loopback)),
  )
  const signature = sign('sha256', body, by?.privateKey ?? privateKey)
  const bytes = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))
  return {
    subject,
    privateKey,
    der: bytes,
    thumbprint: createHash('sha256').update(bytes).digest('base64url'),
    cert: `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}
