# One static binary in an image with nothing else: no shell, no root.

FROM node:22-alpine AS ui
WORKDIR /src/ui
COPY ui/package.json ui/package-lock.json ui/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY ui/ ./
RUN npm run build

FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=ui /src/ui/dist ui/dist
ARG VERSION=unknown
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags nomsgpack \
      -ldflags "-s -w -T 0x411000 -X github.com/hookloom/hookloom/app.Version=${VERSION}" \
      -o /out/hookloom . \
 && mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/hookloom /usr/local/bin/hookloom
COPY --from=build --chown=nonroot:nonroot /out/data /data
ENV HOST=0.0.0.0 \
    DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["/usr/local/bin/hookloom", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/hookloom"]
CMD ["serve"]
