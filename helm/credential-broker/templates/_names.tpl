{{- define "broker.name" -}}
{{- $default := ternary .Release.Name (printf "%s-credential-broker" .Release.Name) (contains "credential-broker" .Release.Name) -}}
{{- .Values.fullnameOverride | default $default | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "broker.selector" -}}
app.kubernetes.io/name: credential-broker
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "broker.labels" -}}
{{ include "broker.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "broker.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "broker.name" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "broker.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "broker.tlsSecret" -}}
{{- .Values.tls.existingSecret | default (printf "%s-tls" (include "broker.name" .)) -}}
{{- end -}}

{{- define "broker.scheme" -}}
{{- ternary "https" "http" .Values.tls.enabled -}}
{{- end -}}

{{- define "broker.servicePort" -}}
{{- .Values.service.port | default (ternary 443 80 .Values.tls.enabled) -}}
{{- end -}}

{{- define "broker.manyReplicas" -}}
{{- $least := ternary .Values.autoscaling.minReplicas .Values.replicas .Values.autoscaling.enabled -}}
{{- if gt (int $least) 1 -}}true{{- end -}}
{{- end -}}
