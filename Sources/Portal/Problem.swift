import BulletinModel

/// Why a request gets no answer: a status and a sentence.
struct Problem: Error {
    let status: Int
    /// For people; may repeat what was sent.
    let detail: String
    /// The parameter that is at fault.
    var parameter: String?

    init(_ status: Int, _ detail: String, parameter: String? = nil) {
        self.status = status
        self.detail = detail
        self.parameter = parameter
    }

    /// The status in words.
    var title: String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 421: "Misdirected Request"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }

    /// Problem details after RFC 9457.
    var answer: PortalAnswer {
        let json = JSONWriter.line { json in
            json.member("type", "about:blank")
            json.member("title", title)
            json.member("status", status)
            json.member("detail", detail)
            if let parameter { json.member("parameter", parameter) }
        }
        return PortalAnswer(status, "application/problem+json", json)
    }
}

extension Portal {
    /// What is said to a request that cannot be read.
    public func malformed() -> PortalAnswer { Problem(400, "The request's address cannot be read.").answer }

    /// What is said when too many wait.
    public func busy() -> PortalAnswer {
        var answer = Problem(503, "Too many requests wait; try again in a moment.").answer
        answer.headers.append(("retry-after", "2"))
        return answer
    }

    func refused(_ refusal: Gate.Refusal, _ request: PortalRequest) -> PortalAnswer {
        let detail =
            switch refusal {
            case .host: "The portal does not answer to this host name; add it to portal.hosts."
            case .origin: "Pages of other sites may not ask the portal."
            case .method: "The portal only answers GET and HEAD."
            case .token: "Give the portal's token: as bearer, or as the password under any name."
            case .proxy: "The portal only answers requests that its proxy has admitted."
            }
        var answer = Problem(refusal.status, detail).answer
        if refusal == .method { answer.headers.append(("allow", "GET, HEAD")) }
        if refusal == .token {
            answer.headers.append(("www-authenticate", "Basic realm=\"gongbao\", charset=\"UTF-8\""))
        }
        return answer
    }

    /// A page for people, problem details for programs.
    func failed(_ problem: Problem, _ request: PortalRequest, _ context: PageContext) -> PortalAnswer {
        let isForPrograms = ["api", "sdmx"].contains(request.path.first ?? "")
        return isForPrograms ? problem.answer : context.problemPage(problem)
    }
}
