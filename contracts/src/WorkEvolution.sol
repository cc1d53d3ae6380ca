// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {IEvolveRule} from "./interfaces/IEvolveRule.sol";
import {Encode} from "./lib/Encode.sol";
import {EvolveTerms} from "./lib/EvolveTerms.sol";
import {Metadata} from "./lib/Metadata.sol";
import {Parsed, Records} from "./lib/Records.sol";
import {Signatures} from "./lib/Signatures.sol";
import {Tails} from "./lib/Tails.sol";
import {Text} from "./lib/Text.sol";
import {TypedData} from "./lib/TypedData.sol";
import {CreatorCollection} from "./CreatorCollection.sol";
import {PlatformKey} from "./PlatformKey.sol";
import {Evolution, EvolveRequest, Receipt} from "./Types.sol";
import {WorkVersions} from "./WorkVersions.sol";

/// Dynamic works: records appended to a token, one behind the other, as its first metadata allows. Two keys sign a step as they
/// sign a mint. The head only moves forward; its holder may pin an earlier record, and undo that.
abstract contract WorkEvolution is ERC721, WorkVersions, PlatformKey {
    using Tails for EvolveRequest;

    /// Written by the first step. Zero after a burn, so that a burned token takes no step.
    struct Head {
        bytes32 metadata; // sha-256 of the newest step's metadata JSON
        bytes32 seal; // keccak-256 of that step's receipt digest and the token's terms: what the next step has to show
    }

    mapping(uint256 tokenId => Head) private _heads;
    mapping(uint256 tokenId => bytes32) private _pins;

    /// The record of a step (lib/Records.sol), appended behind the head.
    event Evolved(uint256 indexed tokenId, bytes32 indexed content, bytes record);
    /// The holder shows this metadata; zero: the newest again.
    event Pinned(uint256 indexed tokenId, bytes32 metadata);
    /// ERC-4906
    event MetadataUpdate(uint256 _tokenId);

    error BadEvolutionSignature();
    error DeadlinePassed(uint256 deadline);
    error EvolveEnded(uint64 until);
    error Frozen();
    error NotTheFirstRecord();
    error NotTheHead();
    error NotInTheChain();
    error RuleRefused(address rule);

    // ---------------------------------------------------------------- evolve

    /// The first step of a token shows its first record; the contract checks it against the id.
    function evolveFirst(bytes calldata first, EvolveRequest calldata request) external returns (bytes32 metadata) {
        uint256 token = request.token;
        if (_heads[token].seal != 0 || !verifyRecord(token, first)) revert NotTheFirstRecord();
        Parsed work = Records.readFirst(first);
        if (work.terms() == 0) revert Frozen();
        bytes32 digest = _hashTypedData(TypedData.receiptHash(work));
        _heads[token] = Head(bytes32(token), _seal(digest, work.terms()));
        return evolve(request);
    }

    /// Any later step.
    /// @return metadata sha-256 of the step's metadata JSON, the new head
    function evolve(EvolveRequest calldata request) public returns (bytes32 metadata) {
        if (block.timestamp > request.deadline) revert DeadlinePassed(request.deadline);
        bytes calldata record = request.tail(4);
        Parsed work = Records.readStep(record);
        Head storage head = _heads[request.token];
        if (head.seal != _seal(work.parent(), request.terms)) revert NotTheHead();
        bytes32 previous = head.metadata;
        _checkTerms(request, work, previous);
        head.seal = _seal(_checkStep(request, work, previous), request.terms);
        metadata = Text.sha2(Metadata.asStep(Metadata.open(work), request.token, previous));
        head.metadata = metadata;
        emit Evolved(request.token, work.content(), record);
        emit MetadataUpdate(request.token);
    }

    function _checkTerms(EvolveRequest calldata request, Parsed work, bytes32 previous) private view {
        bytes29 terms = request.terms;
        uint64 until = EvolveTerms.until(terms);
        if (until != 0 && block.timestamp > until) revert EvolveEnded(until);
        if (EvolveTerms.by(terms) == EvolveTerms.BY_HOLDER) _checkHolder(request.token);
        address rule = EvolveTerms.rule(terms);
        if (rule == address(0)) return;
        if (!IEvolveRule(rule).allows(request.token, previous, work.receipt())) revert RuleRefused(rule);
    }

    /// Both keys signed the step.
    function _checkStep(EvolveRequest calldata request, Parsed work, bytes32 previous)
        private
        view
        returns (bytes32 receiptDigest)
    {
        bytes32 domain = _domainSeparator();
        receiptDigest = TypedData.digest(domain, TypedData.receiptHash(work));
        _checkReceipt(_signerFor(work.version(), request.captured), receiptDigest, request.tail(5));
        bytes32 digest = TypedData.digest(domain, TypedData.evolutionHash(request, work, previous, receiptDigest));
        if (!Signatures.isSigner(_readPlatformSigner(), digest, request.tail(6))) revert BadEvolutionSignature();
    }

    /// Nothing is appended to a token that is gone.
    function _forget(uint256 tokenId) internal {
        delete _heads[tokenId];
        delete _pins[tokenId];
    }

    function _seal(bytes32 receiptDigest, bytes29 terms) private pure returns (bytes32) {
        return keccak256(abi.encode(receiptDigest, terms));
    }

    // ---------------------------------------------------------------- pin

    /// Shows an earlier record of the token in place of the newest: the first of `steps`, or without any the first of all.
    /// @param previous sha-256 of the metadata before that step
    /// @param steps records from it on, up to the head
    function pin(uint256 tokenId, bytes32 previous, bytes[] calldata steps) external {
        _checkHolder(tokenId);
        if (steps.length == 0) return _setPin(tokenId, bytes32(tokenId));
        (bytes32 shown, bytes32 head) = _walk(tokenId, previous, steps);
        if (head != headOf(tokenId)) revert NotInTheChain();
        _setPin(tokenId, shown);
    }

    /// Back to the newest.
    function unpin(uint256 tokenId) external {
        _checkHolder(tokenId);
        _setPin(tokenId, 0);
    }

    function _setPin(uint256 tokenId, bytes32 metadata) private {
        _pins[tokenId] = metadata;
        emit Pinned(tokenId, metadata);
        emit MetadataUpdate(tokenId);
    }

    function _checkHolder(uint256 tokenId) private view {
        if (!_isApprovedOrOwner(msg.sender, tokenId)) revert NotOwnerNorApproved();
    }

    // ---------------------------------------------------------------- records

    /// True if `record` is what the token was minted with. Reverts on a record that could not be anyone's.
    function verifyRecord(uint256 tokenId, bytes calldata record) public view returns (bool) {
        return uint256(Text.sha2(Metadata.first(record))) == tokenId && _exists(tokenId);
    }

    /// True if `steps` are records of the token, one behind the other, the last of them its head.
    /// @param previous sha-256 of the metadata before the first of them: each digest binds the one before, so this cannot lie
    function verifySteps(uint256 tokenId, bytes32 previous, bytes[] calldata steps) external view returns (bool) {
        (, bytes32 head) = _walk(tokenId, previous, steps);
        return _exists(tokenId) && steps.length != 0 && head == headOf(tokenId);
    }

    /// @return first metadata digest of the first step
    /// @return last of the last
    function _walk(uint256 tokenId, bytes32 previous, bytes[] calldata steps)
        private
        view
        returns (bytes32 first, bytes32 last)
    {
        last = previous;
        for (uint256 i; i < steps.length; ++i) {
            last = Text.sha2(Metadata.step(steps[i], tokenId, last));
            if (i == 0) first = last;
        }
    }

    /// The metadata JSON of a first record: what the token id is the sha-256 of.
    function renderMetadata(bytes calldata record) external view returns (string memory) {
        return string(Text.close(Metadata.first(record)));
    }

    /// The metadata JSON of a step.
    function renderStep(uint256 tokenId, bytes32 previous, bytes calldata record)
        external
        view
        returns (string memory)
    {
        return string(Text.close(Metadata.step(record, tokenId, previous)));
    }

    /// sha-256 of the newest metadata; the id itself where there was no step. Pins do not count.
    function headOf(uint256 tokenId) public view returns (bytes32 metadata) {
        metadata = _heads[tokenId].metadata;
        if (metadata == 0) metadata = bytes32(tokenId);
    }

    /// sha-256 of the metadata that the holder has pinned, 0 for none.
    function pinOf(uint256 tokenId) public view returns (bytes32) {
        return _pins[tokenId];
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        if (!_exists(tokenId)) revert TokenDoesNotExist();
        bytes32 pinned = pinOf(tokenId);
        bytes32 shown = pinned == 0 ? headOf(tokenId) : pinned;
        return string(abi.encodePacked("ipfs://", Encode.cid(Metadata.RAW, shown)));
    }

    function receiptDigestOf(Receipt memory receipt) public view returns (bytes32) {
        return _hashTypedData(TypedData.hash(receipt));
    }

    function evolutionDigestOf(Evolution calldata evolution) external view returns (bytes32) {
        return _hashTypedData(TypedData.hash(evolution));
    }

    // ---------------------------------------------------------------- both parents have a name

    function name() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.name();
    }

    function symbol() public view override(ERC721, CreatorCollection) returns (string memory) {
        return CreatorCollection.symbol();
    }
}
