{{/* The broker's application.yaml: what is configured, and over it what follows from the chart's own values. */}}
{{- define "broker.config" -}}
{{- $own := dict -}}
{{- if .Values.tls.enabled -}}
{{- $own = mustMergeOverwrite $own (include "broker.config.tls" . | fromYaml) -}}
{{- end -}}
{{- if .Values.redis.enabled -}}
{{- $own = mustMergeOverwrite $own (include "broker.config.redis" . | fromYaml) -}}
{{- end -}}
{{- mustMergeOverwrite (deepCopy .Values.config) $own | toYaml -}}
{{- end -}}

{{- define "broker.config.tls" -}}
quarkus:
  http:
    insecure-requests: {{ ternary "enabled" "disabled" .Values.tls.plainHttp }}
    tls-configuration-name: https
  tls:
    https:
      key-store:
        pem:
          broker:
            cert: /etc/credential-broker/tls/tls.crt
            key: /etc/credential-broker/tls/tls.key
      reload-period: {{ .Values.tls.reloadPeriod }}
      protocols: TLSv1.3,TLSv1.2
      {{- if .Values.tls.clientCertificates.required }}
      trust-store:
        pem:
          certs: [/etc/credential-broker/client-ca/{{ .Values.tls.clientCertificates.key }}]
      {{- end }}
{{- if .Values.tls.clientCertificates.required }}
broker:
  tls:
    require-client-certificate: true
{{- end }}
{{- end -}}

{{- define "broker.config.redis" -}}
{{- with .Values.redis -}}
broker:
  cache:
    redis:
      hosts: [{{ .address | quote }}]
      keys:
        {{- range .keys }}
        - id: {{ .id | quote }}
          file: /etc/credential-broker/redis/{{ .key }}
        {{- end }}
      {{- with .username }}
      username: {{ . | quote }}
      {{- end }}
      {{- with .passwordKey }}
      password-file: /etc/credential-broker/redis/{{ . }}
      {{- end }}
      {{- with .caKey }}
      ca-file: /etc/credential-broker/redis/{{ . }}
      {{- end }}
{{- end -}}
{{- end -}}
