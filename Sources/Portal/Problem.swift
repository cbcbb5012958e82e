import BulletinModel
import Messages

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

    /// Problem details after RFC 9457, for programs, in the language that they accept.
    func answer(_ m: Messages) -> PortalAnswer {
        let json = JSONWriter.line { json in
            json.member("type", "about:blank")
            json.member("title", m.known("http.\(status)") ?? m("http.500"))
            json.member("status", status)
            json.member("detail", m.said(detail))
            if let parameter { json.member("parameter", parameter) }
        }
        var answer = PortalAnswer(status, "application/problem+json", json)
        answer.headers.append(("content-language", m.language.tag))
        return answer
    }
}

extension Portal {
    /// What is said to a request that cannot be read.
    ///
    /// - Parameter accepting: the header `Accept-Language`.
    public func malformed(accepting: String) -> PortalAnswer {
        Problem(400, "The request's address cannot be read.").answer(Messages(Language(accepting: accepting)))
    }

    /// What is said when too many wait.
    ///
    /// - Parameter accepting: the header `Accept-Language`.
    public func busy(accepting: String) -> PortalAnswer {
        var answer = Problem(503, "Too many requests wait; try again in a moment.")
            .answer(Messages(Language(accepting: accepting)))
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
        var answer = Problem(refusal.status, detail).answer(messages(request))
        if refusal == .method { answer.headers.append(("allow", "GET, HEAD")) }
        if refusal == .token {
            answer.headers.append(("www-authenticate", "Basic realm=\"gongbao\", charset=\"UTF-8\""))
        }
        return answer
    }

    /// A page for people, problem details for programs.
    func failed(_ problem: Problem, _ request: PortalRequest, _ context: PageContext) -> PortalAnswer {
        let isForPrograms = ["api", "sdmx"].contains(request.path.first ?? "")
        return isForPrograms ? problem.answer(context.messages) : context.problemPage(problem)
    }
}
