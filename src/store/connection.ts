export interface PostgresConnection {
  readonly connectionString: string
  readonly options: string
  readonly application_name: string
  readonly connectionTimeoutMillis: number
  readonly keepAlive: boolean
}
